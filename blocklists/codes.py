"""Why a list or a line of it is refused, and what its author can do: one table for all messages.

F_ codes refuse a whole file, E_ codes one line. Q_ codes are doubts that a reviewer can settle;
this release has no review, so they refuse too. W_ codes refuse nothing and stay with the entry.
"""

from __future__ import annotations

from typing import NamedTuple

from provenance.show import show


class Explanation(NamedTuple):
    """What is said about a code; `{what}` stands for the words in question."""

    cause: str
    remedy: str


def explain(code: str, what: str = "") -> Explanation:
    """Return cause and remedy of *code*, with what was found in the place of `{what}`."""
    cause, remedy = CODES[code]
    return Explanation(cause.replace("{what}", show(what, 240)), remedy)


CODES = {
    code: Explanation(cause, remedy)
    for code, cause, remedy in (
        ("F_FILE", "cannot be read: {what}",
         "name a file, or the folder of a package"),
        ("F_TOO_LARGE", "larger than a list may be: over {what}",
         "split it into several lists, each with a list id of its own"),
        ("F_LINE_TOO_LONG", "{what} is longer than 8,192 octets",
         "write one name or address per line"),
        ("F_ENCODING", "its characters cannot be read: not {what}",
         "save it as CSV UTF-8, or name its encoding with --encoding"),
        ("F_BINARY", "this is {what}, not a text file",
         "export it as CSV UTF-8, or as a text file with one name per line"),
        ("F_FORMAT", "its format is not clear: {what}",
         "mend the lines, or name the format with --format"),
        ("F_ERROR_RATE", "over half of the lines would be refused ({what})",
         "check that it is the right file, and name its format with --format"),
        ("F_LINES", "lines are refused ({what}), so nothing was stored",
         "mend these lines, or leave them out with --skip-refused"),
        ("F_EMPTY", "holds no entry",
         "hand in at least one name or address"),
        ("F_HEADER", "the header cannot be used: {what}",
         "start with a header such as: value,scope,notice_date"),
        ("F_CSV_SYNTAX", "not readable as CSV: {what}",
         "close the quotation mark, and write a quotation mark inside a cell twice"),
        ("F_MANIFEST_MISSING", "the folder holds no manifest.json",
         "add one, or hand in the list itself as a single file"),
        ("F_MANIFEST_JSON", "manifest.json: {what}",
         "mend it at that place"),
        ("F_SCHEMA_VERSION", "manifest.json: schema is {what}",
         "write provisor-blocklist/1"),
        ("F_LIST_ID", "manifest.json: list_id is {what}",
         "write owner/slug with a-z, 0-9, dot, hyphen and underscore"),
        ("F_VERSION", "the version cannot be used: {what}",
         "raise the version number, or leave it out"),
        ("F_MODE", "manifest.json: mode is {what}",
         "hand in the whole list with mode snapshot: changes alone are not read yet"),
        ("F_SUBMITTER", "manifest.json: submitter: {what}",
         "give name, role, country and email"),
        ("F_BASIS", "manifest.json: basis is {what}",
         "take one of those in the documentation, such as right_holder_notice"),
        ("F_ISSUED_AT", "manifest.json: issued_at is {what}",
         "write a time with its zone that has passed, such as 2026-02-03T10:00:00+09:00"),
        ("F_STATEMENT", "manifest.json: statements: {what}",
         "a person has to state good_faith, accurate and authorised, and sign"),
        ("F_SENSITIVITY", "manifest.json: sensitivity is {what}",
         "write public, or restricted; a list of digests has to be restricted"),
        ("F_RESTRICTED", "a restricted list is not read yet, because reports would show its names",
         "wait for a release that reads it; nothing was stored"),
        ("F_HASHES", "{what} is a list of digests, which is not read yet",
         "hand in names or addresses; nothing was stored"),
        ("F_PATH", "manifest.json: files: {what}",
         "name one file of kind entries that lies in the folder itself, not behind a path or link"),
        ("F_CHECKSUM", "not the file that the manifest was made for: {what}",
         "write the digest of the file as it is, or hand in the file it was made for"),
        ("E_EMPTY", "the value is empty",
         "write a name or an address"),
        ("E_CTRL_CHAR", "holds an invisible character ({what})",
         "type the name again instead of copying it"),
        ("E_SPACE", "holds a space",
         "write one address per line, and a space inside an address as %20"),
        ("E_HOST_INVALID", "not a host name ({what})",
         "write a name such as site.example, or an address such as https://site.example/dir/"),
        ("E_HOST_TOO_LONG", "too long for a host name ({what})",
         "check the name"),
        ("E_LABEL_TOO_LONG", "a part of the name is too long ({what})",
         "check the name: no part between two dots is longer than 63"),
        ("E_IDNA", "an internationalised name that does not decode ({what})",
         "write the name in its own script"),
        ("E_SINGLE_LABEL", "a name without a dot",
         "write the whole name, such as site.example"),
        ("E_SPECIAL_USE", "a name that is not on the public web ({what})",
         "list the name that the public reaches"),
        ("E_PUBLIC_SUFFIX", "{what} is a registry's suffix: it would cover every site below it",
         "name the site"),
        ("E_PRIVATE_SUFFIX", "{what} is shared by many owners: it would cover them all",
         "name the one site below it, or give scope host for its front page alone"),
        ("Q_UNKNOWN_TLD", "no such ending is known: {what}",
         "check the spelling"),
        ("E_IP", "an address by number, which many sites can share",
         "list the name"),
        ("E_IP_SPECIAL", "an address by number that is not on the public internet",
         "list the name"),
        ("E_SCHEME", "not a web address ({what})",
         "write a name, or an address that begins with http:// or https://"),
        ("E_USERINFO", "holds a user name before an @",
         "leave out all before the @, or list the site of the mail address"),
        ("E_PORT_INVALID", "no such port is possible ({what})",
         "check the number after the colon"),
        ("E_PORT_SCOPE", "a port with a whole site",
         "leave the port out, or list a directory: https://site.example:8443/dir/"),
        ("E_CONCAT_URL", "holds a second address ({what})",
         "write each address on a line of its own"),
        ("E_FRAGMENT_ONLY", "all that is specific stands after the #, which datasets do not hold",
         "list the site itself if all of it is meant: this would cover the whole host"),
        ("E_WILDCARD", "holds a * that is not at the beginning of a name",
         "write the name without *: subdomains are included; or a directory with a final /"),
        ("E_MATCH_ALL", "would cover every site",
         "name the sites"),
        ("E_SCOPE_INVALID", "scope {what} does not exist",
         "write domain, host, url_prefix or url, or leave it empty"),
        ("E_SCOPE_MISMATCH", "scope and value do not agree: {what}",
         "change the scope, or leave it empty"),
        ("E_HOSTS_SYNTAX", "not a line of a hosts file: an address and then names",
         "write 0.0.0.0 site.example, or hand the file in with --format plain"),
        ("E_HOSTS_REDIRECT", "leads the name to {what}: that is no block",
         "write 0.0.0.0 in front of a name that is listed"),
        ("E_COLUMNS", "has more cells than the header has columns",
         "put quotation marks around a cell that holds a comma"),
        ("E_CATEGORY", "category {what} does not exist",
         "take one of those in the documentation, such as piracy_site, or leave it empty"),
        ("E_TEXT_TOO_LONG", "work or right_holder is longer than 500 characters",
         "shorten it"),
        ("E_ACTION", "action {what} is not read yet",
         "hand in the whole list as it now stands, without a column action"),
        ("E_DATE_FORMAT", "{what} is not a day after 1998-10-28 written year-month-day",
         "write 2026-02-03"),
        ("E_DATE_FUTURE", "{what} has not come yet",
         "write the day on which notice was given"),
        ("E_DATE_ORDER", "expires_on lies before notice_date",
         "check both dates"),
    )
}  # fmt: skip

WARNINGS = {
    "W_WWW": "www. in front of a site's own name: read as the whole site",
    "W_WILDCARD_APEX": "*. in front of a name: the name itself is included",
    "W_TRAILING_DOT": "a dot at the end of the name was removed",
    "W_REFANGED": "hxxp, [.] or (dot) was read as it is meant",
    "W_FRAGMENT_DROPPED": "what stands after # was dropped: datasets do not hold it",
    "W_HYPHEN_LABEL": "a part of the name begins or ends with a hyphen",
    "W_UNDERSCORE": "the name holds an underscore",
    "W_MIXED_SCRIPT": "a part of the name mixes look-alike scripts",
    "W_DUPLICATE": "the same target stands in an earlier line",
}
