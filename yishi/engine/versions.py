"""Versions of the code under running workflows: which build a worker is, and which build acts and timers go to.

Every workflow goes on with the build that is current (AUTO_UPGRADE): a matter of five years must not wait for a worker of five years
ago. What changed in the code under it stands behind `patched`, and saved histories are replayed by the tests.
"""

import asyncio
from typing import Any, NamedTuple, Self

import structlog
from temporalio.api.deployment.v1 import RoutingConfig
from temporalio.api.workflowservice.v1 import (
    DescribeWorkerDeploymentRequest,
    SetWorkerDeploymentCurrentVersionRequest,
    SetWorkerDeploymentRampingVersionRequest,
)
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import WorkerDeploymentConfig

from domain.text import Text
from yishi.folder import program_version
from yishi.settings import Settings
from yishi.trouble import Trouble

log = structlog.get_logger("yishi")

PATIENCE_SECONDS = 20.0
"""Until the service knows of workers that have just begun."""
AGAIN_SECONDS = 0.2
NOT_YET = (RPCStatusCode.NOT_FOUND, RPCStatusCode.FAILED_PRECONDITION)


class NoSuchBuild(Trouble):
    """No worker of this build has come to the service."""

    says = Text(
        "部署 {deployment} 中没有构建 {build} 的 worker 在工作({why})。请先启动它,再切换",
        "no worker of build {build} works in the deployment {deployment} ({why}): start it first, then promote it",
    )


class Version(NamedTuple):
    """A build of the program in a deployment, as the Temporal service tells them apart."""

    deployment: str
    build: str

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """What the settings make of this process; None: versions are not told apart, and whichever worker is there works."""
        if settings.deployment is None:
            return None
        return cls(settings.deployment, settings.build or program_version())

    @property
    def config(self) -> WorkerDeploymentConfig:
        return WorkerDeploymentConfig(
            version=WorkerDeploymentVersion(deployment_name=self.deployment, build_id=self.build),
            use_worker_versioning=True,
            default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
        )


async def current_build(client: Client, deployment: str) -> str | None:
    """To which build of a deployment acts and timers go; None: to none yet."""
    told = await _routing(client, deployment)
    return told.current_deployment_version.build_id or None if told else None


async def build_on_trial(client: Client, deployment: str) -> str | None:
    """The build that has a part of the workflows, to try it out; None: there is none."""
    told = await _routing(client, deployment)
    return told.ramping_deployment_version.build_id or None if told else None


async def _routing(client: Client, deployment: str) -> RoutingConfig | None:
    request = DescribeWorkerDeploymentRequest(namespace=client.namespace, deployment_name=deployment)
    try:
        told = await client.workflow_service.describe_worker_deployment(request)
    except RPCError as failed:
        if failed.status == RPCStatusCode.NOT_FOUND:
            return None
        raise
    return told.worker_deployment_info.routing_config


async def promote(client: Client, version: Version, percent: float | None = None) -> None:
    """Have acts and timers go to this build from now on, all of them; with `percent`, a part of the workflows, to try it out.

    Raises:
        NoSuchBuild: none of its workers has come.
    """
    common: dict[str, Any] = {
        "namespace": client.namespace,
        "deployment_name": version.deployment,
        "build_id": version.build,
    }
    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        try:
            if percent is None:
                current = SetWorkerDeploymentCurrentVersionRequest(**common, ignore_missing_task_queues=True)
                await client.workflow_service.set_worker_deployment_current_version(current)
                if await build_on_trial(client, version.deployment) is not None:
                    await client.workflow_service.set_worker_deployment_ramping_version(_no_trial(client, version))
            else:
                ramping = SetWorkerDeploymentRampingVersionRequest(
                    **common, percentage=percent, ignore_missing_task_queues=True
                )
                await client.workflow_service.set_worker_deployment_ramping_version(ramping)
        except RPCError as failed:
            if failed.status not in NOT_YET or asyncio.get_running_loop().time() > until:
                raise NoSuchBuild(**version._asdict(), why=failed.message) from failed
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            log.info("promoted", deployment=version.deployment, build=version.build, percent=percent)
            return


def _no_trial(client: Client, version: Version) -> SetWorkerDeploymentRampingVersionRequest:
    return SetWorkerDeploymentRampingVersionRequest(
        namespace=client.namespace, deployment_name=version.deployment, build_id="", ignore_missing_task_queues=True
    )


async def promote_if_none_is(client: Client, version: Version) -> None:
    """The first build of a deployment needs nobody to promote it."""
    if await current_build(client, version.deployment) is None:
        await promote(client, version)
