"""What is said about each code, in English: the cause, and what its author can do."""

from __future__ import annotations

CODES = {
    "F_FILE": (
        "cannot be read: {what}",
        "name a file, or the folder of a package",
    ),
    "F_TOO_LARGE": (
        "larger than a list may be: over {what}",
        "split it into several lists, each with a list id of its own",
    ),
    "F_LINE_TOO_LONG": (
        "{what} is longer than 8,192 octets",
        "write one name or address per line",
    ),
    "F_ENCODING": (
        "its characters cannot be read: not {what}",
        "save it as CSV UTF-8, or name its encoding with --encoding",
    ),
    "F_BINARY": (
        "this is {what}, not a text file",
        "export it as CSV UTF-8, or as a text file with one name per line",
    ),
    "F_FORMAT": (
        "its format is not clear: {what}",
        "mend the lines, or name the format with --format",
    ),
    "F_ERROR_RATE": (
        "over half of the lines would be refused ({what})",
        "check that it is the right file, and name its format with --format",
    ),
    "F_LINES": (
        "lines are refused ({what}), so nothing was stored",
        "mend these lines, or leave them out with --skip-refused",
    ),
    "F_EMPTY": (
        "holds no entry",
        "hand in at least one name or address",
    ),
    "F_HEADER": (
        "the header cannot be used: {what}",
        "start with a header such as: value,scope,notice_date",
    ),
    "F_CSV_SYNTAX": (
        "not readable as CSV: {what}",
        "close the quotation mark, and write a quotation mark inside a cell twice",
    ),
    "F_MANIFEST_MISSING": (
        "the folder holds no manifest.json",
        "add one, or hand in the list itself as a single file",
    ),
    "F_MANIFEST_JSON": (
        "manifest.json: {what}",
        "mend it at that place",
    ),
    "F_SCHEMA_VERSION": (
        "manifest.json: schema is {what}",
        "write provisor-blocklist/1",
    ),
    "F_LIST_ID": (
        "manifest.json: list_id is {what}",
        "write owner/slug with a-z, 0-9, dot, hyphen and underscore",
    ),
    "F_VERSION": (
        "the version cannot be used: {what}",
        "raise the version number, or leave it out",
    ),
    "F_MODE": (
        "manifest.json: mode is {what}",
        "write snapshot, or delta with the previous_sha256 of what it changes",
    ),
    "F_SUBMITTER": (
        "manifest.json: submitter: {what}",
        "give name, role, country and email",
    ),
    "F_BASIS": (
        "manifest.json: basis is {what}",
        "take one of those in the documentation, such as right_holder_notice",
    ),
    "F_ISSUED_AT": (
        "manifest.json: issued_at is {what}",
        "write a time with its zone that has passed, such as 2026-02-03T10:00:00+09:00",
    ),
    "F_STATEMENT": (
        "manifest.json: statements: {what}",
        "a person has to state good_faith, accurate and authorised, and sign",
    ),
    "F_SENSITIVITY": (
        "manifest.json: sensitivity is {what}",
        "write public, or restricted; a list of digests has to be restricted",
    ),
    "F_RESTRICTED": (
        "a restricted list of names is not kept yet, because reports would show them",
        "wait for a release that keeps it apart; nothing was stored",
    ),
    "F_PATH": (
        "manifest.json: files: {what}",
        "name one file of kind entries, one of kind hashes, or both; each lies in the folder itself",
    ),
    "F_CHECKSUM": (
        "not the file that the manifest was made for: {what}",
        "write the digest of the file as it is, or hand in the file it was made for",
    ),
    "F_CHANGES": (
        "a package of changes is not received yet",
        "hand in the whole list as it now stands, with mode snapshot",
    ),
    "F_SEALED": (
        "digests of illegal content have to be kept apart from everything else",
        "wait for a release that seals them; nothing was stored",
    ),
    "F_DIRECTIVE": (
        "{what} leads to other data, which is not read",
        "hand in the whole zone, with every name written out",
    ),
    "E_EMPTY": (
        "the value is empty",
        "write a name or an address",
    ),
    "E_CTRL_CHAR": (
        "holds an invisible character ({what})",
        "type the name again instead of copying it",
    ),
    "E_SPACE": (
        "holds a space",
        "write one address per line, and a space inside an address as %20",
    ),
    "E_HOST_INVALID": (
        "not a host name ({what})",
        "write a name such as site.example, or an address such as https://site.example/dir/",
    ),
    "E_HOST_TOO_LONG": (
        "too long for a host name ({what})",
        "check the name",
    ),
    "E_LABEL_TOO_LONG": (
        "a part of the name is too long ({what})",
        "check the name: no part between two dots is longer than 63",
    ),
    "E_IDNA": (
        "an internationalised name that does not decode ({what})",
        "write the name in its own script",
    ),
    "E_SINGLE_LABEL": (
        "a name without a dot",
        "write the whole name, such as site.example",
    ),
    "E_SPECIAL_USE": (
        "a name that is not on the public web ({what})",
        "list the name that the public reaches",
    ),
    "E_PUBLIC_SUFFIX": (
        "{what} is a registry's suffix: it would cover every site below it",
        "name the site",
    ),
    "E_PRIVATE_SUFFIX": (
        "{what} is shared by many owners: it would cover them all",
        "name the one site below it, or give scope host for its front page alone",
    ),
    "E_IP": (
        "an address by number, which many sites can share",
        "list the name",
    ),
    "E_IP_SPECIAL": (
        "an address by number that is not on the public internet",
        "list the name",
    ),
    "E_SCHEME": (
        "not a web address ({what})",
        "write a name, or an address that begins with http:// or https://",
    ),
    "E_USERINFO": (
        "holds a user name before an @",
        "leave out all before the @, or list the site of the mail address",
    ),
    "E_PORT_INVALID": (
        "no such port is possible ({what})",
        "check the number after the colon",
    ),
    "E_PORT_SCOPE": (
        "a port with a whole site",
        "leave the port out, or list a directory: https://site.example:8443/dir/",
    ),
    "E_CONCAT_URL": (
        "holds a second address ({what})",
        "write each address on a line of its own",
    ),
    "E_FRAGMENT_ONLY": (
        "all that is specific stands after the #, which datasets do not hold",
        "list the site itself if all of it is meant: this would cover the whole host",
    ),
    "E_WILDCARD": (
        "holds a * that is not at the beginning of a name",
        "write the name without *: subdomains are included; or a directory with a final /",
    ),
    "E_MATCH_ALL": (
        "would cover every site",
        "name the sites",
    ),
    "E_SCOPE_INVALID": (
        "scope {what} does not exist",
        "write domain, host, subdomains, url_prefix or url, or leave it empty",
    ),
    "E_SCOPE_MISMATCH": (
        "scope and value do not agree: {what}",
        "change the scope, or leave it empty",
    ),
    "E_HOSTS_SYNTAX": (
        "not a line of a hosts file: an address and then names",
        "write 0.0.0.0 site.example, or hand the file in with --format plain",
    ),
    "E_HOSTS_REDIRECT": (
        "leads the name to {what}: that is no block",
        "write 0.0.0.0 for a name that is listed",
    ),
    "E_COLUMNS": (
        "has more cells than the header has columns",
        "put quotation marks around a cell that holds a comma",
    ),
    "E_CATEGORY": (
        "category {what} does not exist",
        "take one of those in the documentation, such as piracy_site, or leave it empty",
    ),
    "E_TEXT_TOO_LONG": (
        "work or right_holder is longer than 500 characters",
        "shorten it",
    ),
    "E_ACTION": (
        "action {what} has no meaning here",
        "write add, or hand in changes as a package with mode delta: add, withdraw, update",
    ),
    "E_DATE_FORMAT": (
        "{what} is not a day after 1998-10-28 written year-month-day",
        "write 2026-02-03",
    ),
    "E_DATE_FUTURE": (
        "{what} has not come yet",
        "write the day on which notice was given",
    ),
    "E_DATE_ORDER": (
        "expires_on lies before notice_date",
        "check both dates",
    ),
    "E_JSON": (
        "not an object with the columns of a list as text: {what}",
        'write a line such as {"value": "site.example"}',
    ),
    "E_WITHDRAW_UNKNOWN": (
        "withdraws what this list does not hold",
        "check the value: a list withdraws only entries of its own",
    ),
    "E_EXCEPTION": (
        "an exception: leaving it out makes the list cover more than its author meant",
        "take out the line that it is an exception to, and hand the list in without both",
    ),
    "E_REGEX": (
        "a regular expression, which could cover anything",
        "write the names that are meant",
    ),
    "E_COSMETIC": (
        "hides a part of a page and blocks nothing",
        "leave the line out",
    ),
    "E_ABP_OPTION": (
        "the option {what} limits or changes the rule",
        "write ||site.example^ if the whole site is meant",
    ),
    "E_ABP_PATTERN": (
        "a pattern for a part of an address",
        "write ||site.example^ for a site, or hand in addresses with --format plain",
    ),
    "E_DNSMASQ_SYNTAX": (
        "not a line of dnsmasq that blocks names",
        "write address=/site.example/# or leave the line out",
    ),
    "E_UNBOUND_SYNTAX": (
        "not a line of unbound that blocks a name",
        'write local-zone: "site.example." always_nxdomain',
    ),
    "E_UNBOUND_ACTION": (
        "a zone of type {what} blocks nothing",
        "write always_nxdomain, or leave the line out",
    ),
    "E_RPZ_SYNTAX": (
        "not a record of a response policy zone",
        "write site.example CNAME .",
    ),
    "E_RPZ_TRIGGER": (
        "{what} is no name: it acts on addresses or name servers",
        "list the name",
    ),
    "E_RPZ_ACTION": (
        "answers with data of its own ({what})",
        "write CNAME . for a name that is listed",
    ),
    "E_HASH_ALGO": (
        "{what} is not an algorithm digests are read in",
        "write md5, sha1, sha256, sha512 or pdq",
    ),
    "E_HASH_NUMBER": (
        "a number of 64 bits, as in LAION's column hash: made from address and caption, not from the file",
        "compute the digest of the file itself",
    ),
    "E_HASH_LENGTH": (
        "has the wrong length ({what})",
        "check the algorithm, and that no character is missing",
    ),
    "E_HASH_CHARS": (
        "holds a character that is none of a digest",
        "write it in hexadecimal",
    ),
    "E_HASH_TRIVIAL": (
        "the digest of an empty file, a single octet or a single pixel: it would name countless files",
        "leave the line out",
    ),
    "E_HASH_QUALITY": (
        "a PDQ quality of {what}",
        "leave out digests whose quality is below 50 of 100: they match unrelated pictures",
    ),
    "Q_UNKNOWN_TLD": (
        "no such ending is known: {what}",
        "check the spelling",
    ),
}

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
    "W_REDUNDANT": "a listed site stands above it and covers it already",
}

WORDS = {
    "line": "line {}",
    "read": "{}: read as {}",
    "share": "  {} of the first lines look so; others: {}",
    "counts": "  entries {}, different targets {}, refused {}",
    "withdrawn": "  withdrawn {}",
    "skipped": "  passed over: {}",
    "more": "and {} more: `provisor blocklist check` shows them all",
}
