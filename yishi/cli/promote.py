"""`yishi promote`: acts and timers of all workflows go to the workers of another build from now on."""

import asyncio
from typing import Annotated

import typer
from temporalio.contrib.pydantic import pydantic_data_converter

from domain.text import Text
from yishi.cli.screen import LangOption, language, told
from yishi.engine.processes import NeedsTemporal
from yishi.engine.versions import Version, current_build
from yishi.engine.versions import promote as promoted
from yishi.server import temporal
from yishi.settings import Settings
from yishi.trouble import Trouble


class NoDeployment(Trouble):
    says = Text(
        "没有设置 YISHI_DEPLOYMENT:各版本的 worker 不加区分,无需切换",
        "YISHI_DEPLOYMENT is not set: workers of all versions are alike, and there is nothing to promote",
    )


def promote(
    build: Annotated[
        str | None, typer.Option(help="构建号,默认为本程序的 / the build; this program's by default (YISHI_BUILD)")
    ] = None,
    percent: Annotated[
        float | None,
        typer.Option(min=0, max=100, help="先只交给它百分之几的流程 / only so many of a hundred workflows"),
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """切换版本:先启动新版本的 worker,再运行本命令;用旧构建号再运行即可退回 / Let a new build take over; an old one, to go back."""
    chosen = language(lang)
    with told(chosen):
        settings = Settings.read(build=build, lang=chosen)
        version = Version.of(settings)
        if version is None:
            raise NoDeployment
        if settings.temporal_address is None:
            raise NeedsTemporal
        before = asyncio.run(_promoted(settings, version, percent))
        typer.echo(
            DONE.filled(before=before or "—", build=version.build, share=100 if percent is None else f"{percent:g}").to(
                chosen
            )
        )


async def _promoted(settings: Settings, version: Version, percent: float | None) -> str | None:
    """Which build was current before."""
    async with temporal(settings, settings.folder, pydantic_data_converter) as there:
        before = await current_build(there.client, version.deployment)
        await promoted(there.client, version, percent)
    return before


DONE = Text("已切换:{before} → {build}({share}%)", "promoted: {before} → {build} ({share} %)")
