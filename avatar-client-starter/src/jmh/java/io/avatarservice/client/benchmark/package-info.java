/** What the client costs. */
@NullMarked
package io.avatarservice.client.benchmark;

import org.jspecify.annotations.NullMarked;
