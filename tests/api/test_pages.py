"""Long records are read page by page, each of which leads to the next."""

from urllib.parse import parse_qs, urlsplit

from tests.api.served import Visitor


async def test_following_the_links_of_the_history_reads_all_of_it_once_and_ends(visitor: Visitor) -> None:
    whole = (await visitor.http.get(f"/v1/sessions/{visitor.session}/history")).json()["entries"]
    path, positions = f"/v1/sessions/{visitor.session}/history?limit=3&own=false", []
    while path:
        answer = await visitor.http.get(path)
        positions += [entry["position"] for entry in answer.json()["entries"]]
        link = answer.links.get("next")
        assert (link is None) == (answer.json()["next"] is None)
        path = link["url"] if link else ""
    assert positions == [entry["position"] for entry in whole] and len(positions) > 3


async def test_the_link_of_the_events_asks_the_same_from_where_the_page_ends(visitor: Visitor) -> None:
    answer = await visitor.http.get("/v1/events", params={"limit": 2, "wait": 0, "session": visitor.session})
    asked = parse_qs(urlsplit(answer.links["next"]["url"]).query)
    assert asked == {"limit": ["2"], "wait": ["0"], "session": [visitor.session], "after": [str(answer.json()["next"])]}
    following = await visitor.http.get(answer.links["next"]["url"])
    assert following.json()["events"][0]["position"] > answer.json()["events"][-1]["position"]
