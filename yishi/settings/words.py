"""What each setting is, and what it has to be, in words for people."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.text import Text


class Words(NamedTuple):
    """`what` it is, and what it `must` be."""

    what: Text
    must: Text


_PORT = Text("1 到 65535 的整数,没有被其他程序占用", "a whole number from 1 to 65535 that no other program uses")
_DATABASE = Text("postgresql://用户@主机/数据库", "postgresql://user@host/database")
_AT = Text("主机:端口,如 127.0.0.1:9464", "host:port, such as 127.0.0.1:9464")
_FOLDER = Text("一个目录的路径", "the path of a folder")

WORDS: Mapping[str, Words] = {
    "folder": Words(Text("数据目录", "the data folder"), _FOLDER),
    "lang": Words(Text("显示的语言", "language of what people read"), Text("zh 或 en", "zh or en")),
    "ledger": Words(Text("记录所在的数据库", "the database that keeps the record"), _DATABASE),
    "ledger_owner": Words(
        Text("同一数据库,以表的所有者的身份", "the same database, as the owner of its tables"), _DATABASE
    ),
    "mirror": Words(Text("第二份副本的目录", "folder of the second copy"), _FOLDER),
    "temporal_address": Words(
        Text("他人运行的 Temporal 服务", "a Temporal service that others run"),
        Text("主机:端口,如 temporal.example:7233", "host:port, such as temporal.example:7233"),
    ),
    "temporal_binary": Words(
        Text("temporal 程序", "the temporal program"), Text("一个程序文件的路径", "the path of a program")
    ),
    "namespace": Words(Text("Temporal 命名空间", "Temporal namespace"), Text("一个名称,不能为空", "a name")),
    "port": Words(Text("本机 Temporal 服务的端口", "port of our own Temporal server"), _PORT),
    "door_port": Words(Text("接口的端口", "port of the door for programs"), _PORT),
    "door_host": Words(
        Text("yishi api 监听的地址", "address at which yishi api listens"),
        Text("一个 IP 地址,如 127.0.0.1", "an IP address, such as 127.0.0.1"),
    ),
    "door_names": Words(
        Text("yishi api 的其他名称(Host)", "other names of yishi api (Host)"),
        Text("主机名,以逗号分隔", "names of hosts, commas between"),
    ),
    "deployment": Words(
        Text("worker 部署的名称", "name of the deployment of workers"),
        Text("字母、数字、- 和 _", "letters, digits, - and _"),
    ),
    "build": Words(
        Text("本程序的构建号,默认为版本号", "build of this program; its version by default"),
        Text("字母、数字、. _ + -", "letters, digits, . _ + -"),
    ),
    "door_boxes": Words(
        Text("由这个 yishi api 掌管电子票箱", "this yishi api has the ballot boxes"), Text("1 或 0", "1 or 0")
    ),
    "log": Words(Text("日志的形式", "form of the log"), Text("json 或 console", "json or console")),
    "log_to": Words(
        Text("日志写到哪里", "where the log goes"),
        Text("file(数据目录的 yishi.log)或 stderr", "file (yishi.log in the data folder) or stderr"),
    ),
    "probes": Words(Text("探测和指标的地址,不用令牌", "probes and metrics, without a token"), _AT),
    "temporal_metrics": Words(Text("Temporal SDK 自己的指标", "the Temporal SDK's own metrics"), _AT),
    "otlp_endpoint": Words(
        Text("OpenTelemetry 接收端", "an OpenTelemetry receiver"),
        Text("如 http://127.0.0.1:4318", "such as http://127.0.0.1:4318"),
    ),
}
"""By the name of the setting."""
