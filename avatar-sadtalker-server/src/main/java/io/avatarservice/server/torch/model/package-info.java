/** The published checkpoint files: where they come from, where they lie, whether they are intact. */
@NullMarked
package io.avatarservice.server.torch.model;

import org.jspecify.annotations.NullMarked;
