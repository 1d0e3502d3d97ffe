package io.avatarservice.server.torch.checkpoint;

import java.util.List;

/** A tuple in a pickle; never hashed or printed, because tuples of shared tuples are exponentially long. */
record PickleTuple(List<Object> items) {}
