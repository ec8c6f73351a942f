"""The figures of a report over the door, each opened to its entries; what is kept to tell them fast names nobody."""

from tests.api.served import Visitor
from tests.api.test_acts import suggestion


async def test_figures_are_told_and_opened_and_follow_the_record_at_once(visitor: Visitor) -> None:
    before = {f["figure"]: f for f in (await visitor.http.get("/v1/figures")).json()["figures"]}["filed"]["numerator"]
    receipt = (await visitor.http.post("/v1/acts", json=suggestion(visitor, "s77"))).json()
    told = (await visitor.http.get("/v1/figures", params={"session": visitor.session})).json()
    by_name = {f["figure"]: f for f in told["figures"]}
    assert told["sessions"] == [visitor.session] and by_name["filed"]["numerator"] == before + 1
    assert by_name["assigned"]["value"]["en"].startswith("0.0 % (0/") and by_name["filed"]["kind"] == "suggestion"
    opened = (await visitor.http.get("/v1/figures/filed")).json()
    mine = next(case for case in opened["counted"] if case["number"] == "s77")
    assert mine["positions"] == [receipt["events"][0]["position"]] and mine["deputies"] == ["D001"]
    long_ago = (await visitor.http.get("/v1/figures/filed", params={"as_of": "2001-01-01"})).json()
    assert (long_ago["as_of"], long_ago["numerator"]) == ("2001-01-01", 0)


async def test_what_is_not_there_or_not_well_asked_is_told_in_both_languages(visitor: Visitor) -> None:
    for call, status, said in (
        ("figures/happy", 404, "there is no figure happy"),
        ("figures?session=nowhere/1-1", 404, "no session nowhere/1-1"),
        ("figures?year=soon", 422, "year"),
        ("figures?as_of=soon", 422, "as_of"),
    ):
        answer = await visitor.http.get(f"/v1/{call}")
        assert answer.status_code == status and said in answer.json()["fault"]["en"], answer.text
        assert answer.json()["fault"]["zh"]


async def test_no_name_is_in_what_is_kept_to_tell_them(visitor: Visitor) -> None:
    await visitor.http.get("/v1/deadlines")
    kept = (visitor.engine.folder / "views.db").read_bytes()
    members = (await visitor.http.get(f"/v1/sessions/{visitor.session}/members")).json()["members"]
    names = [member["name"] for member in members]
    assert all(names) and not any(name.encode() in kept for name in names) and b"D001" in kept
