#!/usr/bin/env python3
"""diff_gumbo.py --data DIR --wirewatch BIN [--show N]

Compares the trees of the HTML parser with those of libgumbo (0.10, the standard of 2013) over all pages below
DIR/extraction: html, wcxb, fundus and readability. Prints how many are equal and sorts the others by what differs first.
libgumbo is loaded when it is there (libgumbo-dev, libgumbo1); its trees come through ctypes.

libgumbo flushes text late: what stands before `</form>` comes after the form. So trees are also compared without white space.

Python 3, standard library only. Exit status: 0 measured, 1 the program failed, 2 bad arguments or no libgumbo.
"""
import argparse
import collections
import ctypes
import ctypes.util
import gzip
import json
import pathlib
import re
import subprocess
import sys


class Vector(ctypes.Structure):
    _fields_ = [("data", ctypes.POINTER(ctypes.c_void_p)), ("length", ctypes.c_uint), ("capacity", ctypes.c_uint)]


class Piece(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Position(ctypes.Structure):
    _fields_ = [("line", ctypes.c_uint), ("column", ctypes.c_uint), ("offset", ctypes.c_uint)]


class Attribute(ctypes.Structure):
    _fields_ = [("space", ctypes.c_int), ("name", ctypes.c_char_p), ("original_name", Piece), ("value", ctypes.c_char_p),
                ("original_value", Piece), ("positions", Position * 4)]


class Document(ctypes.Structure):
    _fields_ = [("children", Vector), ("has_doctype", ctypes.c_bool), ("name", ctypes.c_char_p),
                ("public", ctypes.c_char_p), ("system", ctypes.c_char_p), ("quirks", ctypes.c_int)]


class Element(ctypes.Structure):
    _fields_ = [("children", Vector), ("tag", ctypes.c_int), ("space", ctypes.c_int), ("original_tag", Piece),
                ("original_end", Piece), ("start", Position), ("end", Position), ("attributes", Vector)]


class Text(ctypes.Structure):
    _fields_ = [("text", ctypes.c_char_p), ("original", Piece), ("start", Position)]


class Value(ctypes.Union):
    _fields_ = [("document", Document), ("element", Element), ("text", Text)]


class Node(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("parent", ctypes.c_void_p), ("index", ctypes.c_size_t), ("flags", ctypes.c_int),
                ("v", Value)]


class Output(ctypes.Structure):
    _fields_ = [("document", ctypes.POINTER(Node)), ("root", ctypes.POINTER(Node)), ("errors", Vector)]


DOCUMENT, ELEMENT, TEXT, CDATA, COMMENT, SPACE, TEMPLATE = range(7)
SPACES = ("", "svg ", "math ")
ATTRIBUTE_SPACES = ("", "xlink ", "xml ", "xmlns ")


class Options(ctypes.Structure):
    """GumboOptions of 0.10.1."""
    _fields_ = [("allocator", ctypes.c_void_p), ("deallocator", ctypes.c_void_p), ("userdata", ctypes.c_void_p),
                ("tab_stop", ctypes.c_int), ("stop_on_first_error", ctypes.c_bool), ("max_errors", ctypes.c_int),
                ("fragment_context", ctypes.c_int), ("fragment_namespace", ctypes.c_int)]


class Gumbo:
    def __init__(self):
        name = ctypes.util.find_library("gumbo")
        if not name:
            raise OSError("no libgumbo")
        self.library = ctypes.CDLL(name)
        self.library.gumbo_parse_with_options.restype = ctypes.POINTER(Output)
        self.library.gumbo_parse_with_options.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
        self.library.gumbo_destroy_output.argtypes = [ctypes.c_void_p, ctypes.POINTER(Output)]
        self.library.gumbo_normalized_tagname.restype = ctypes.c_char_p
        self.library.gumbo_normalize_svg_tagname.restype = ctypes.c_char_p
        self.library.gumbo_normalize_svg_tagname.argtypes = [ctypes.POINTER(Piece)]
        self.options = ctypes.addressof(ctypes.c_char.in_dll(self.library, "kGumboDefaultOptions"))

    def name(self, element):
        if element.space == 1:
            # Only here does libgumbo keep the capitals of SVG.
            piece = Piece(element.original_tag.data, element.original_tag.length)
            self.library.gumbo_tag_from_original_text(ctypes.byref(piece))
            found = self.library.gumbo_normalize_svg_tagname(ctypes.byref(piece))
            if found:
                return found.decode()
        name = self.library.gumbo_normalized_tagname(element.tag).decode()
        if name:
            return name
        piece = Piece(element.original_tag.data, element.original_tag.length)
        self.library.gumbo_tag_from_original_text(ctypes.byref(piece))
        return ctypes.string_at(piece.data, piece.length).decode("utf-8", "replace").lower()

    def outline(self, page):
        output = self.library.gumbo_parse_with_options(self.options, page, len(page))
        lines = []
        document = output.contents.document.contents.v.document
        if document.has_doctype:
            ids = (document.public or b"", document.system or b"")
            both = b' "%s" "%s"' % ids if any(ids) else b""
            lines.append("| <!DOCTYPE %s>" % ((document.name or b"") + both).decode("utf-8", "replace"))
        todo = [(child, 0) for child in reversed(self.children(document.children))]
        while todo:
            node, depth = todo.pop()
            pad = "| " + "  " * depth
            if node.type in (ELEMENT, TEMPLATE):
                element = node.v.element
                name = self.name(element)
                lines.append("%s<%s%s>" % (pad, SPACES[element.space], name))
                attributes = []
                for index in range(element.attributes.length):
                    attribute = ctypes.cast(element.attributes.data[index], ctypes.POINTER(Attribute)).contents
                    key = attribute.name.decode("utf-8", "replace")
                    # The attribute xmlns has a namespace, but no prefix.
                    space = "" if key == "xmlns" else ATTRIBUTE_SPACES[attribute.space]
                    attributes.append((space + key, attribute.value.decode("utf-8", "replace")))
                for pair in sorted(attributes, key=lambda pair: pair[0].encode("utf-16-be")):
                    lines.append('%s  %s="%s"' % ((pad,) + pair))
                inner = depth + 1
                if name == "template" and element.space == 0:
                    lines.append(pad + "  content")
                    inner += 1
                todo += [(child, inner) for child in reversed(self.children(element.children))]
            elif node.type == COMMENT:
                lines.append("%s<!-- %s -->" % (pad, node.v.text.text.decode("utf-8", "replace")))
            else:
                lines.append('%s"%s"' % (pad, node.v.text.text.decode("utf-8", "replace")))
        self.library.gumbo_destroy_output(self.options, output)
        return "\n".join(lines)

    @staticmethod
    def children(vector):
        return [ctypes.cast(vector.data[index], ctypes.POINTER(Node)).contents for index in range(vector.length)]


def pages(folder):
    for path in sorted(folder.rglob("*.html*")):
        if path.name.endswith((".html", ".html.gz")):
            data = path.read_bytes()
            yield path.relative_to(folder), gzip.decompress(data) if path.name.endswith(".gz") else data


def text_of(data):
    """What both parsers read: UTF-8 without what one of them would have to repair."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("windows-1252", "replace")
    return text.replace("\0", "")


def records(outline):
    """The lines of an outline; a text with line ends in it is one."""
    return ("\n" + outline).split("\n| ")[1:]


def without_space(lines):
    """The lines without white space at the ends of texts, and without texts of nothing else."""
    for line in lines:
        bare = line.lstrip(" ")
        if bare.startswith('"'):
            text = bare.strip('"').strip()
            if text:
                yield line[:len(line) - len(bare)] + text
        else:
            yield line


def kind(ours, theirs):
    """What differs first, and where."""
    for index, (x, y) in enumerate(zip(ours, theirs)):
        if x != y:
            depth = lambda line: len(line) - len(line.lstrip(" "))
            above = next((line.strip() for line in reversed(ours[:index]) if line.strip().startswith("<")), "")
            what = [re.split(r"[ =]", line.strip())[0][:24] if line.strip().startswith("<") else "text or attribute"
                    for line in (x, y)]
            if what[0] == what[1] and x.strip() == y.strip():
                return "%s at another depth, after %s" % (what[0], above), index
            return "%s against %s, after %s" % (what[0], what[1], above), index
    return "length", min(len(ours), len(theirs))


def main():
    parser = argparse.ArgumentParser(description="Compares the HTML parser with libgumbo")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="folder that holds extraction/")
    parser.add_argument("--wirewatch", required=True, help="the wirewatch program")
    parser.add_argument("--show", type=int, default=0, help="show the place of this many differences")
    args = parser.parse_args()
    try:
        gumbo = Gumbo()
    except OSError as error:
        print("diff_gumbo: %s; apt-get install libgumbo-dev" % error, file=sys.stderr)
        return 2
    names, texts = [], []
    for name, data in pages(args.data / "extraction"):
        names.append(name)
        texts.append(text_of(data))
    requests = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    run = subprocess.run([args.wirewatch, "markup", "tree", "-"], input=requests.encode(), stdout=subprocess.PIPE)
    answers = [json.loads(line)["tree"] for line in run.stdout.decode("utf-8").split("\n") if line]
    if len(answers) != len(names):
        print("diff_gumbo: %d of %d answers" % (len(answers), len(names)), file=sys.stderr)
        return 1
    equal, alike, kinds = 0, 0, collections.Counter()
    for name, text, answer in zip(names, texts, answers):
        ours, theirs = records(answer.rstrip("\n")), records(gumbo.outline(text.encode()))
        if ours == theirs:
            equal += 1
            continue
        ours, theirs = list(without_space(ours)), list(without_space(theirs))
        if ours == theirs:
            alike += 1
            continue
        what, place = kind(ours, theirs)
        kinds[what] += 1
        if sum(kinds.values()) <= args.show:
            print("%s: %s, line %d" % (name, what, place + 1))
            for label, lines in (("ours", ours), ("gumbo", theirs)):
                for line in lines[max(0, place - 4):place + 4]:
                    print("  %-6s%s" % (label, line[:150]))
    print("equal trees: %d of %d pages; but for white space: %d more" % (equal, len(names), alike))
    for what, count in kinds.most_common():
        print("%6d  first differ: %s" % (count, what))
    return 0


if __name__ == "__main__":
    sys.exit(main())
