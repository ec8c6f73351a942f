"""The kinds of problem, each under the address that its `type` names."""

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel

from domain.text import Text
from yishi.api.faults import NotHere, Said, declared
from yishi.api.problems import all_explained, explained

NO_SUCH_KIND = Text("没有“{name}”这种问题;全部见 /v1/problems", "there is no kind of problem {name}; see /v1/problems")


class ProblemTold(BaseModel):
    """One kind of problem. The `{named}` places of `means` are filled in when it happens."""

    type: str
    status: int
    title: Said
    means: Said


def problem_calls() -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["service"])

    @router.get(
        "/problems", response_model=list[ProblemTold], responses=declared(), summary="All kinds of faults and refusals"
    )
    async def problems() -> Any:
        return all_explained()

    @router.get(
        "/problems/{name}", response_model=ProblemTold, responses=declared(404, 422),
        summary="What one kind means, and what to do",
    )  # fmt: skip
    async def problem(name: Annotated[str, Path(pattern="^[A-Za-z-]{1,80}$", examples=["QuorumNotMet"])]) -> Any:
        if (told := explained(name)) is None:
            raise NotHere(told=NO_SUCH_KIND.filled(name=name))
        return told

    return router
