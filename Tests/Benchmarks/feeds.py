"""Generated feeds: RSS, Atom and RDF in the forms that blog software writes, each number of a seed always the same."""

import datetime
import email.utils
import html
import os
import random

SUBJECTS = ["A robot", "The new processor", "An open model", "The battery plant", "A satellite", "The browser", "A lab",
            "The regulator", "A start-up’s compiler", "The data centre"]
VERBS = ["was shown to", "now outsells", "will replace", "is slower than", "learns from", "shares its design with",
         "costs less than", "was recalled because of", "ships with", "draws more power than"]
OBJECTS = ["its predecessor", "forty warehouses", "the cloud version", "a rival from Zürich", "every laptop in the test",
           "three quarters of all orders", "the “quiet” update", "a 2 GHz part", "last year’s grid", "two <small> labs"]
NAMES = ["Ines Duarte", "Jakub Nowak", "Mei Lin", "Oluwaseun Ade", "Søren Holm", "Tara O’Neill"]
TAGS = ["Robots", "Chips", "Software", "Energy", "Space", "Research & Development"]
START = datetime.datetime(2026, 1, 4, 12, 0, tzinfo=datetime.timezone.utc)


def sentence(rng):
    text = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)}"
    if rng.random() < 0.4:
        text += f", up {rng.randint(2, 90)} % on {rng.randint(2019, 2025)}"
    return text + "."


def paragraphs(rng):
    parts = []
    for _ in range(rng.randint(4, 8)):
        text = html.escape(" ".join(sentence(rng) for _ in range(rng.randint(3, 7))), quote=False)
        if rng.random() < 0.5:
            text = text.replace(" is ", f' <a href="https://press.example/t/{rng.randint(1, 99)}?a=1&amp;b=2">is</a> ', 1)
        parts.append(f"<p>{text}</p>")
        if rng.random() < 0.15:
            parts.append(f'<figure><img src="https://img.example/{rng.randint(1, 9999)}.jpg" width="800" alt="" /></figure>')
    return "\n".join(parts)


def item(kind, number, rng, time):
    escape = lambda text: html.escape(text, quote=False)
    title = escape(sentence(rng)[:-1])
    url = f"https://press{number % 97}.example/{time:%Y/%m/%d}/story-{rng.randint(10_000, 99_999)}/"
    body, summary = paragraphs(rng), escape(" ".join(sentence(rng) for _ in range(3)))
    author, tags = rng.choice(NAMES), rng.sample(TAGS, rng.randint(1, 4))
    if kind == "atom":
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ")
        terms = "".join(f'<category term="{html.escape(tag)}"/>' for tag in tags)
        return (f'<entry>\n<title type="html">{escape(title)}</title>\n<link rel="alternate" href="{url}"/>\n'
                f"<id>{url}</id>\n<published>{stamp}</published>\n<updated>{stamp}</updated>\n"
                f"<author><name>{author}</name></author>{terms}\n<summary>{summary}</summary>\n"
                f'<content type="html">{escape(body)}</content>\n</entry>\n'), url
    if kind == "rdf":
        return (f'<item rdf:about="{url}">\n<title>{title}</title>\n<link>{url}</link>\n<dc:creator>{author}</dc:creator>\n'
                f"<dc:date>{time:%Y-%m-%dT%H:%M:%S+00:00}</dc:date>\n<description>{summary}</description>\n"
                f"<content:encoded><![CDATA[{body}]]></content:encoded>\n</item>\n"), url
    terms = "".join(f"<category><![CDATA[{tag}]]></category>\n" for tag in tags)
    return (f"<item>\n<title>{title}</title>\n<link>{url}</link>\n<dc:creator><![CDATA[{author}]]></dc:creator>\n"
            f"<pubDate>{email.utils.format_datetime(time)}</pubDate>\n{terms}"
            f'<guid isPermaLink="false">{url}#{number}</guid>\n<description><![CDATA[<p>{summary}</p>]]></description>\n'
            f"<content:encoded><![CDATA[{body}]]></content:encoded>\n"
            f'<media:thumbnail url="{url}t.jpg" width="150" height="150" />\n<slash:comments>{rng.randint(0, 40)}'
            f"</slash:comments>\n</item>\n"), url


def feed(number, size, seed):
    """One feed of about `size` bytes: four fifths are RSS, most others Atom."""
    rng = random.Random(f"{seed}-{number}")
    kind = "rss" if number % 20 < 16 else "atom" if number % 20 < 19 else "rdf"
    host, time = f"https://press{number % 97}.example/", START - datetime.timedelta(minutes=rng.randint(0, 5000))
    items, urls, length = [], [], 0
    while length < size - 1500:
        text, url = item(kind, number, rng, time)
        items.append(text)
        urls.append(url)
        length += len(text.encode())
        time -= datetime.timedelta(minutes=rng.randint(5, 300))
    body = "".join(items)
    if kind == "atom":
        return (f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">\n'
                f'<title>Press {number}</title>\n<link href="{host}"/>\n<id>{host}{number}</id>\n'
                f"<updated>2026-01-04T12:00:00Z</updated>\n{body}</feed>\n")
    if kind == "rdf":
        listed = "".join(f'<rdf:li rdf:resource="{url}"/>' for url in urls)
        return (f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/" '
                f'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                f'xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel rdf:about="{host}">\n'
                f"<title>Press {number}</title>\n<link>{host}</link>\n<description>News</description>\n"
                f"<items><rdf:Seq>{listed}</rdf:Seq></items>\n</channel>\n{body}</rdf:RDF>\n")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
            f'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
            f'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">\n<channel>\n<title>Press {number}</title>\n'
            f"<link>{host}</link>\n<description>News of press {number}</description>\n<language>en-GB</language>\n"
            f"<sy:updatePeriod>hourly</sy:updatePeriod>\n{body}</channel>\n</rss>\n")


def write_feeds(folder, count, size, seed=7):
    """Writes so many files, `feed0000.xml` and on; their bytes in all."""
    os.makedirs(folder, exist_ok=True)
    total = 0
    for number in range(count):
        data = feed(number, size, seed).encode()
        with open(os.path.join(folder, f"feed{number:04}.xml"), "wb") as file:
            file.write(data)
        total += len(data)
    return total
