"""All networks, in the order in which they are exported."""

from . import audio2exp, fan, generator, keypoints, liveportrait, mapping, paste, pose, recon, retinaface

NETWORKS = [
    *retinaface.NETWORKS,
    *fan.NETWORKS,
    *recon.NETWORKS,
    *audio2exp.NETWORKS,
    *pose.NETWORKS,
    *mapping.NETWORKS,
    *keypoints.NETWORKS,
    *generator.NETWORKS,
    *paste.NETWORKS,
    *liveportrait.NETWORKS,
]
