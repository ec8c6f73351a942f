"""The law book: that of this program, and the editions that the record was judged by."""

from collections.abc import Iterator
from hashlib import sha256

from domain.text import Text
from yishi.doctor.line import Case, Line
from yishi.law import LawFileError, LawLibrary

RESTORE = Text("从副本或备份中恢复 law 目录中的该文件", "restore that file of the folder `law` from a copy or a backup")


def law(case: Case) -> Iterator[Line]:
    kept = case.chosen.settings.folder / "law"
    try:
        newest = LawLibrary(None).newest()
    except LawFileError as wrong:
        for problem in wrong.problems:
            yield Line(
                "law",
                "wrong",
                Text(problem, problem),
                Text("改正 statutes/ 中的文件,或重新安装", "correct the file in statutes/, or install again"),
            )
        return
    yield Line(
        "law",
        "ok",
        Text(
            f"本程序的法规库 {newest.edition[:12]}:{len(newest.texts)} 部",
            f"this program's law book {newest.edition[:12]}: {len(newest.texts)} texts",
        ),
    )
    files = sorted(kept.glob("*.json")) if kept.is_dir() else []
    altered = [file for file in files if sha256(file.read_bytes()).hexdigest() != file.stem]
    for file in altered:
        yield Line(
            "law", "wrong", Text(f"版本文件 {file.name} 被改动", f"the edition {file.name} was altered"), RESTORE
        )
    if files and not altered:
        yield Line(
            "law",
            "ok",
            Text(f"已存版本 {len(files)} 个,均与其哈希相符", f"{len(files)} editions kept, each as its hash says"),
        )
    yield from _missing(case, {file.stem for file in files})


def _missing(case: Case, kept: set[str]) -> Iterator[Line]:
    """Editions that sessions go by and that are not kept."""
    from yishi.ledger.place import has_ledger  # noqa: PLC0415
    from yishi.record import reader  # noqa: PLC0415 # slow to load

    place = case.chosen.settings.folder
    if not has_ledger(place):
        return
    ledger = reader(place)
    try:
        streams = [stream for stream in ledger.versions() if stream.endswith("/session/1")]
        used = {ledger.state(stream).edition for stream in streams} - {""}
    finally:
        ledger.close()
    for edition in sorted(used - kept):
        yield Line(
            "law",
            "wrong",
            Text(
                f"会议所用的版本 {edition[:12]} 不在",
                f"the edition {edition[:12]}, which a session goes by, is not kept",
            ),
            RESTORE,
        )
