/** What can be seen of the client's work: one Micrometer observation for each operation, and a timer of the attempts. */
@NullMarked
package io.avatarservice.client.observation;

import org.jspecify.annotations.NullMarked;
