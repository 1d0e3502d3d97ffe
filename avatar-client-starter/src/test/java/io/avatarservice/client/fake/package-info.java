/** Our server as a test double, for this and other modules' tests. */
@NullMarked
package io.avatarservice.client.fake;

import org.jspecify.annotations.NullMarked;
