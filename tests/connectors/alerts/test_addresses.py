"""The file of addresses: a closed list of kinds, and no word of a line that could be secret."""

import pytest

from connectors.alerts import read
from connectors.alerts.schemes import LOCAL, PLAIN, SCHEMES
from models.errors import FixTheSettings

SECRET = "zqxwvk"
GOOD = {
    f"https://hooks.slack.com/services/T{SECRET}/B{SECRET}/{SECRET}":
        ("slack", "hooks.slack.com", 443),
    f"slack://T{SECRET}/B{SECRET}/{SECRET}": ("slack", "hooks.slack.com", 443),
    f"https://discord.com/api/webhooks/123/{SECRET}-_a": ("discord", "discord.com", 443),
    f"discord://123/{SECRET}": ("discord", "discord.com", 443),
    f"https://chat.googleapis.com/v1/spaces/AB-c/messages?key={SECRET}&token={SECRET}%3D":
        ("gchat", "chat.googleapis.com", 443),
    f"gchat://AB/{SECRET}/{SECRET}": ("gchat", "chat.googleapis.com", 443),
    f"mmosts://chat.example.org/{SECRET}{SECRET}": ("mmosts", "chat.example.org", 443),
    f"https://Chat.example.org:8443/hooks/{SECRET}{SECRET}": ("mmosts", "chat.example.org", 8443),
    f"ntfys://ntfy.sh/{SECRET}": ("ntfys", "ntfy.sh", 443),
    f"https://ntfy.sh/{SECRET}": ("ntfys", "ntfy.sh", 443),
    f"ntfys://tk_{SECRET}@push.example.org:444/{SECRET}": ("ntfys", "push.example.org", 444),
    f"ntfys://ann:{SECRET}@push.example.org/{SECRET}": ("ntfys", "push.example.org", 443),
    f"mailtos://clerk@example.org:{SECRET}@smtp.example.org/ann@example.org":
        ("mailtos", "smtp.example.org", 587),
    f"mailtos://clerk@example.org:{SECRET}@smtp.example.org:465/ann@example.org":
        ("mailtos", "smtp.example.org", 465),
    f"ntfy://127.0.0.1:8080/{SECRET}": ("ntfy", "127.0.0.1", 8080),
    f"mmost://127.0.0.1:8080/{SECRET}{SECRET}": ("mmost", "127.0.0.1", 8080),
    "mailto://clerk@example.org@127.0.0.1:2525/ann@example.org": ("mailto", "127.0.0.1", 2525),
}  # fmt: skip
BAD = (
    f"http://hooks.slack.com/services/T{SECRET}/B/{SECRET}",
    f"ntfy://ntfy.sh/{SECRET}",
    f"ntfy://127.0.0.1.example.org:80/{SECRET}",
    f"ntfy://localhost:80/{SECRET}",
    f"ntfy://127.1:80/{SECRET}",
    f"mmost://chat.example.org/{SECRET}{SECRET}",
    f"mailto://clerk@example.org:{SECRET}@smtp.example.org/ann@example.org",
    f"mailtos://clerk@example.org:{SECRET}@smtp.example.org/ann@example.org,bo@example.org",
    f"ntfys://ntfy.sh/{SECRET}?verify=no",
    f"ntfys://ntfy.sh/{SECRET}?attach=/etc/passwd",
    f"ntfys://ntfy.sh/{SECRET}&file=x",
    f"ntfys://ntfy.sh/{SECRET}/other",
    f"ntfys://ntfy.sh:70000/{SECRET}",
    f"ntfys://ntfy.sh@evil.example.org#@ntfy.sh/{SECRET}",
    f"ntfys://192.0.2.1/{SECRET}",
    f"ntfys://internal/{SECRET}",
    f"slack://T{SECRET}/B{SECRET}/{SECRET}/#general",
    f"slack://T{SECRET}/B{SECRET}/{SECRET}?template=/etc/passwd",
    f"https://hooks.slack.com.evil.example.org/services/T/B/{SECRET}",
    f"https://hooks.slack.com@evil.example.org/services/T/B/{SECRET}",
    f"discord://123/{SECRET}?redirect=yes",
    f"mailtos://clerk@example.org:{SECRET}@smtp.example.org/ann@example.org?mode=insecure",
    f"macosx://{SECRET}", f"dbus://{SECRET}", f"syslog://{SECRET}", f"jsons://{SECRET}/x",
    f"tgram://{SECRET}/1", SECRET, f"{SECRET}://{SECRET}", f"ann{SECRET}@example.org",
    f"slack://{SECRET * 300}/a/b",
)  # fmt: skip


@pytest.mark.parametrize(("line", "led"), GOOD.items(), ids=range(len(GOOD)))
def test_each_known_kind_leads_to_one_host_and_port(line: str, led: tuple[str, str, int]) -> None:
    (target,) = read(f"# the board's channel\n\n  {line}  \n")
    assert (target.scheme, target.host, target.port) == led
    assert (target.exit.host, target.exit.port) == led[1:]
    assert target.line == 3
    for told in (repr(target), str(target), target.model_dump_json(), str(target.exit)):
        assert SECRET not in told
        assert "@" not in told


@pytest.mark.parametrize("line", BAD, ids=range(len(BAD)))
def test_whatever_else_is_refused_by_its_line_and_never_repeated(line: str) -> None:
    with pytest.raises(FixTheSettings) as fault:
        read(f"ntfys://ntfy.sh/topic\n{line}\n")
    said = str(fault.value)
    assert "line 2: " in said
    assert "known are slack, discord, gchat, mmosts, ntfys, mailtos" in said
    assert SECRET not in said
    assert "evil" not in said
    assert "@example" not in said
    assert fault.value.__context__ is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ntfy://ntfy.sh/topic", "ntfy sends without TLS"),
        ("dbus://x", "dbus starts a program or speaks to this computer alone"),
        ("ntfys://ntfy.sh/topic?verify=no", "It takes no options."),
        ("tgram://x", "this kind of address is not known"),
        ("https://example.org/x", "this web address is none of a service that is known"),
    ],
)
def test_a_refusal_says_why(line: str, why: str) -> None:
    with pytest.raises(FixTheSettings, match=why):
        read(line)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    with pytest.raises(FixTheSettings, match=r"line 1: .*line 3: the same as line 2; line 4: "):
        read("x\nslack://a/b/c\nslack://a/b/c\ny\n")
    with pytest.raises(FixTheSettings, match="11 addresses, and 10 is the most"):
        read("".join(f"ntfys://ntfy.sh/topic{n}\n" for n in range(11)))


def test_no_kind_is_known_and_refused_at_once() -> None:
    assert not {*SCHEMES} & (PLAIN | LOCAL)


def test_an_empty_file_has_none() -> None:
    assert read("# nothing yet\n") == ()
