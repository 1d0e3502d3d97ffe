/** Jobs: their states, the queue, the workers, cancellation. */
@NullMarked
package io.avatarservice.server.job;

import org.jspecify.annotations.NullMarked;
