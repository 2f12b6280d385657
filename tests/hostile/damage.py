"""What strangers do to the bytes of a file. Each takes sound bytes and returns others."""
import re
import struct

from process import CANARY

NUMBERS = (b"-1", b"-0", b"0", b"0.0", b"1.5", b"1e3", b"1E+400", b"-1e400", b"1e-400", b"1e999",
           b"9007199254740993", b"9223372036854775807", b"9223372036854775808",
           b"-9223372036854775808", b"-9223372036854775809", b"18446744073709551615",
           b"18446744073709551616", b"1" * 400, b"0" * 40 + b"7", b"007", b"0x10", b"1_000", b"+1",
           b".5", b"5.", b"NaN", b"Infinity", b"-Infinity", b"1e", b"--1", b'"12"', b'"1e3"',
           b'"9223372036854775808"', b"true", b"null", b"[]", b"{}", b'""', b"1,2", b"\xd9\xa1")
NAMES = ("\x1b]0;title\x07", "\x1b[2J", "\x1b[31mred", "a\rb", "a\nb", "a\tb", "a\0b", "\u202etxt",
         "\u2066a\u2069", "\u200bzero", "\ufeffmark", "\x7f", "\x85", "\x9b31m",
         "##[set-output name=a]b", "##vso[task.setvariable variable=a]b", "::error::a",
         "::set-output name=a::b", "\n::warning::a", "x\n##[error]b",
         "  ::error::a", "\u3000::error::a", "##VSO[task.x]a", "##teamcity[a]", "=cmd|' /C calc'!A0",
         "+cmd|x!A0", "-2+3+cmd|x", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\uff1d1+1", "-1-2",
         "=HYPERLINK(\"http://example.com\",\"a\")", "'=1", "a,b", "a\"b", "a|b", "<script>", "&amp;",
         "]]>", "`a`", "*a*", "[a](b)", "../../etc/passwd", "/dev/zero", "%s%n", "{}", "{0}", "%0A",
         "a" * 5000, "\u0301" * 300, "\U0001F469\u200d\U0001F4BB", "\ud7ff", "\uffff", "-", "--help",
         "null", "NaN", "")


def cut(random, data, _):
    return data[:random.randint(0, len(data))]


def flip(random, data, _):
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 8, 32))):
        if out:
            out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    return bytes(out)


def put_bytes(random, data, _):
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 3))):
        at = random.randint(0, len(out))
        size = random.choice((0, 1, 1, 4))
        out[at:at + size] = random.choice((b"\0", b"\xff", b"{", b"}", b"[", b"]", b'"', b"\\", b",",
                                           b":", b"\n", b"\r", b"\x1e", b"\xef\xbb\xbf", b"data: ",
                                           b"\xf0\x90", b"\x80", b"'", b"-", b"e9", b"\x1b"))
    return bytes(out)


def drop(random, data, _):
    begin = random.randint(0, len(data))
    return data[:begin] + data[begin + random.choice((1, 2, 10, 100, 1000)):]


def repeat(random, data, _):
    begin = random.randint(0, len(data))
    end = min(len(data), begin + random.choice((1, 20, 200, 2000)))
    return data[:end] + data[begin:end] * random.choice((1, 2, 50)) + data[end:]


def shuffle_lines(random, data, _):
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def splice(random, data, other):
    at, from_there = random.randint(0, len(data)), random.randint(0, len(other))
    return data[:at] + other[from_there:]


def numbers(random, data, _):
    places = [m.span() for m in re.finditer(rb"(?<![\w.\"-])-?\d+(?![\w.\"])", data)]
    out = bytearray(data)
    for begin, end in sorted(random.sample(places, min(len(places), random.choice((1, 1, 3, 20)))),
                             reverse=True):
        out[begin:end] = random.choice(NUMBERS)
    return bytes(out)


def sums(random, data, _):
    """Numbers that are sound each, and too much together."""
    return re.sub(rb"(?<![\w.\"-])\d+(?![\w.\"])",
                  lambda m: random.choice((m[0], b"9223372036854775807", b"4611686018427387904")),
                  data)


def nesting(random, data, _):
    levels = random.choice((50, 200, 254, 255, 256, 257, 300, 1024, 5000, 100_000))
    opening, closing = random.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'{"usage":', b"}"),
                                      (b'[{"calls":', b"}]"), (b"- ", b""), (b'"{\\"a\\":', b'}"')))
    deep = opening * levels + random.choice((b"1", b'{"input_tokens":1,"output_tokens":1}', b""))
    deep += closing * (levels if random.random() < 0.7 else random.randint(0, levels))
    places = [m.span() for m in re.finditer(rb"(?<=:)\s*(\d+|\"[^\"]*\")", data)]
    if not places or random.random() < 0.3:
        return deep + b"\n" + data if random.random() < 0.5 else deep
    begin, end = random.choice(places)
    return data[:begin] + deep + data[end:]


def encoding(random, data, _):
    text = data.decode("utf-8", "surrogateescape")
    wide = text.encode("utf-8", "replace").decode("utf-8")
    kind = random.randrange(12)
    if kind < 6:
        name = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7")[kind]
        return wide.encode(name, "replace")
    if kind == 6:
        return b"\xef\xbb\xbf" * random.choice((1, 2)) + data
    if kind == 7:
        return random.choice((b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\x1e")) + data
    bad = random.choice((b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xed\xa0\x80",
                         b"\xed\xa0\x80\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80",
                         b"\x80", b"\xc3", b"\xe2\x82", b"\\ud800", b"\\udc00", b"\\ud800\\u0041",
                         b"\\udc00\\ud800", b"\\ud83d\\ude00", b"\\u0000", b"\\u202e", b"\\x41",
                         b"\\u12", b"\xe2\x80\xae", b"\xc2\x85", b"\xe2\x80\xa8"))
    places = [m.start() + 1 for m in re.finditer(rb'"', data)]
    for at in sorted(random.sample(places, min(len(places), random.choice((1, 1, 3)))),
                     reverse=True):
        data = data[:at] + bad + data[at:]
    if kind == 8:
        data = numbers(random, data, _)  # both at once: each is mended in its turn
    if kind == 9:
        data = data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\xe2\x80\xa8", b"\n\n\n")))
    return data


def names(random, data, _):
    """Names of models, ids and keys that are no names."""
    name = random.choice(NAMES)
    escaped = (name.encode("unicode_escape").replace(b"\\x", b"\\u00")
               if random.random() < 0.3 else
               name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
               .replace("\0", "\\u0000").replace("\r", "\\r").encode("utf-8", "replace"))
    escaped = re.sub(rb"\\U000([0-9a-f]{5})", b"?", escaped)
    places = [m.span(1) for m in re.finditer(rb'"([^"\\\n]{1,60})"', data)
              if CANARY.encode() not in m[1]]
    out = bytearray(data)
    for begin, end in sorted(random.sample(places, min(len(places), random.choice((1, 4, 12)))),
                             reverse=True):
        out[begin:end] = escaped
    return bytes(out)


def headers(random, data, _):
    """Sizes and marks in the headers of what is compressed."""
    out = bytearray(data)
    for _ in range(random.choice((1, 2, 4))):
        at = random.randrange(max(1, min(len(out), random.choice((16, 64, 512, len(out) or 1)))))
        value = random.choice((struct.pack("<I", 0xFFFFFFFF), struct.pack("<H", 0), b"\x7f" * 8,
                               struct.pack("<Q", 1 << 62), b"\0" * 16))
        out[at:at + len(value)] = value
    return bytes(out[:len(data)]) if random.random() < 0.5 else bytes(out)


def noise(random, data, _):
    begin = random.randint(0, len(data))
    return data[:begin] + random.randbytes(random.choice((1, 64, 5000)))


def whitespace(random, data, _):
    return random.choice((b"", b" ", b"\n" * 1000, b"\xef\xbb\xbf", b"\0", b"\0" * 4096, b"\r\n",
                          b"\x1e", data.replace(b"\n", b""), data.replace(b"\n", b"\n\n"),
                          data.rstrip(b"\n"), data + b"\0" * 10, b"\n" + data))


CLASSES = {
    "cut": cut, "flip": flip, "bytes": put_bytes, "drop": drop, "repeat": repeat,
    "shuffle": shuffle_lines, "splice": splice, "numbers": numbers, "sums": sums,
    "nesting": nesting, "encoding": encoding, "names": names, "headers": headers, "noise": noise,
    "whitespace": whitespace,
}
