#!/usr/bin/env python3
"""Checks the import rules of Sources/ARCHITECTURE.md.

Package.swift says what a target may import at all; these rules say what Package.swift may come to say: imports go one
way, a C library has one owner, and a built-in plugin gets what a third party's gets.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What each module may import of our own and of packages.
PUBLIC = {"WirewatchKit", "WirewatchText", "WirewatchLearning", "WirewatchPattern", "WirewatchMarkup", "WirewatchFeeds",
    "WirewatchHTTP", "WirewatchPolling", "WirewatchDelivery"}
HELPERS = {"WirewatchDigest", "WirewatchCompression", "WirewatchStore"}
MODULES = {
    "WirewatchKit": {"WirewatchText", "Logging"},
    "WirewatchText": set(),
    "WirewatchLearning": {"WirewatchKit", "WirewatchText"},
    "WirewatchPattern": {"CWirewatchPCRE2"},
    "WirewatchMarkup": set(),
    "WirewatchFeeds": {"WirewatchKit", "WirewatchMarkup", "WirewatchText"},
    "WirewatchHTTP": {"WirewatchKit", "CWirewatchCurl"},
    "WirewatchPolling": {"WirewatchDigest", "WirewatchHTTP", "WirewatchKit"},
    "WirewatchDelivery": {"WirewatchDigest", "WirewatchHTTP", "WirewatchPolling", "WirewatchKit"},
    "WirewatchDigest": {"CWirewatchCrypto"},
    "WirewatchCompression": {"CWirewatchZlib"},
    "WirewatchStore": {"CWirewatchSQLite"},
    "WirewatchListener": {"CWirewatchMicrohttpd", "WirewatchKit"},
    "WirewatchTesting": {"WirewatchKit"},
    "WirewatchYAML": {"CWirewatchYAML"},
    "WirewatchConfig": {"WirewatchYAML", "WirewatchKit"},
    "WirewatchEngine": {"WirewatchConfig", "WirewatchKit", "Logging"} | HELPERS,
    "WirewatchCommand": {"WirewatchEngine", "WirewatchConfig", "ArgumentParser", "Logging", "WirewatchCompression",
        "WirewatchDigest", "WirewatchListener", "CWirewatchMalloc"}
    | PUBLIC,
    "wirewatch": {"WirewatchCommand", "WirewatchStandardPlugins"},
}
PLUGIN = PUBLIC | HELPERS
PLATFORM = {"Swift", "Glibc", "Musl", "Synchronization", "Dispatch"}
# For JSON and nothing else.
FOUNDATION_ESSENTIALS = {"WirewatchKit", "WirewatchCommand", "WirewatchFeeds", "WirewatchExtract"}

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |fileprivate |private )?"
    r"import (?:struct |class |enum |protocol |func |var |let |typealias )?(\w+)"
)


def imports(folder):
    """Yields (file, line number, module) for each import below a folder."""
    for file in sorted(folder.rglob("*.swift")):
        in_text = False
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.count('"""') % 2:
                in_text = not in_text
            match = None if in_text else IMPORT.match(line)
            if match:
                yield file.relative_to(ROOT), number, match.group(1)


def allowed(module, is_plugin):
    own = PLUGIN if is_plugin else MODULES[module]
    names = own | PLATFORM
    if module in FOUNDATION_ESSENTIALS:
        names = names | {"FoundationEssentials"}
    return names


def main():
    plugins = {f"Wirewatch{folder.name}": folder for folder in (ROOT / "Plugins").iterdir() if folder.is_dir()}
    plugins.pop("WirewatchExamples", None)
    problems = []
    checked = 0
    for folder in sorted((ROOT / "Sources").iterdir()):
        if not folder.is_dir() or folder.name.startswith("CWirewatch"):
            continue
        if folder.name not in MODULES:
            problems.append(f"Sources/{folder.name}: no import rules for this module; give it some in Tests/Rules")
            continue
        for file, line, module in imports(folder):
            checked += 1
            if module not in allowed(folder.name, False):
                problems.append(f"{file}:{line}: {folder.name} must not import {module}")
    for name, folder in sorted(plugins.items()):
        is_list = folder.name == "Standard"
        for file, line, module in imports(folder):
            checked += 1
            if module not in ({"WirewatchKit"} | plugins.keys() if is_list else allowed(name, True)):
                problems.append(f"{file}:{line}: plugin {folder.name} must not import {module}")
    for problem in problems:
        print(problem, file=sys.stderr)
    if checked < 50:
        problems.append("found hardly any imports; is this the repository?")
        print(problems[-1], file=sys.stderr)
    print(f"import rules: {checked} imports checked, problems: {len(problems)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
