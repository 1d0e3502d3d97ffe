"""All networks, in the order in which they are exported."""

from . import mapping

NETWORKS = [
    *mapping.NETWORKS,
]
