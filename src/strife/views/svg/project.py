"""From degrees to the drawing: the part of the world that is shown, and lines cut to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from strife.views.svg.basemap import Box, Ring

LEAST = 1.6  # degrees of latitude that a map shows at the least: below that the outlines are too coarse
KILOMETRES = 111.19  # of a degree of latitude
CLOSE = 0.7  # units of the drawing within which a point is not worth drawing
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Projection:
    """Plate carrée, true to scale at the middle of its box, `width` by `height` units."""

    box: Box
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Units of the drawing in a degree of latitude."""
        return self.height / (self.box.north - self.box.south)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point lies on the drawing."""
        across = self.width / (self.box.east - self.box.west)
        return (lon - self.box.west) * across, (self.box.north - lat) * self.scale

    def kilometres(self, number: float) -> float:
        """So many kilometres, in units of the drawing."""
        return number / KILOMETRES * self.scale

    def ring(self, ring: Ring) -> Points:
        """A ring as it is drawn, cut to the box; empty where nothing of it is seen."""
        if not _reaches(ring, self.box):
            return []
        margin = (self.box.north - self.box.south) * 0.02
        return self._thinned(_cut(ring, Box(*_wider(self.box, margin))))

    def line(self, line: Ring) -> Iterator[Points]:
        """The parts of a line that may be seen."""
        if not _reaches(line, self.box):
            return
        part: Ring = []
        for one, other in pairwise(line):
            if _reaches((one, other), self.box):
                part = part or [one]
                part.append(other)
            elif part:
                yield self._thinned(part)
                part = []
        if part:
            yield self._thinned(part)

    def _thinned(self, points: Sequence[tuple[float, float]]) -> Points:
        found: Points = []
        for lon, lat in points:
            x, y = self.at(lon, lat)
            if not found or abs(x - found[-1][0]) + abs(y - found[-1][1]) >= CLOSE:
                found.append((x, y))
        return found


def projection(points: Sequence[tuple[float, float]], width: float, most: float = 520) -> Projection:
    """A map around points of lon, lat, with room at its edges, `width` wide and at most `most` high; the world without any."""
    if not points:
        return Projection(Box(-180, -58, 180, 84), width, width * 142 / 360)
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    middle = (min(lats) + max(lats)) / 2
    squeeze = max(0.2, math.cos(math.radians(middle)))
    tall = max((max(lats) - min(lats)) * 1.3, LEAST)
    wide = max((max(lons) - min(lons)) * 1.3 * squeeze, LEAST * 1.4)
    tall, wide = max(tall, wide * 0.5), max(wide, tall * width / most)
    tall = min(tall, wide * most / width)
    if wide / squeeze >= 340:
        return Projection(Box(-180, -58, 180, 84), width, width * 142 / 360)
    east, north = (min(lons) + max(lons)) / 2 + wide / squeeze / 2, min(middle + tall / 2, 89.0)
    box = Box(east - wide / squeeze, max(middle - tall / 2, -89.0), east, north)
    return Projection(box, width, width * (box.north - box.south) / wide)


def _wider(box: Box, margin: float) -> tuple[float, float, float, float]:
    return box.west - margin * 1.5, box.south - margin, box.east + margin * 1.5, box.north + margin


def _reaches(points: Sequence[tuple[float, float]], box: Box) -> bool:
    return (
        min(lon for lon, _ in points) <= box.east
        and max(lon for lon, _ in points) >= box.west
        and min(lat for _, lat in points) <= box.north
        and max(lat for _, lat in points) >= box.south
    )


def _cut(ring: Ring, box: Box) -> Ring:
    """A ring cut to a box, edge by edge (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        found: Ring = []
        for number, point in enumerate(ring):
            before = ring[number - 1]
            inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                found.append((edge, other) if axis == 0 else (other, edge))
            if inside:
                found.append(point)
        ring = found
        if not ring:
            break
    return ring
