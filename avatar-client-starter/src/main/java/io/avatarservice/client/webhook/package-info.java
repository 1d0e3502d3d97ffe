/** Lets providers wake the client: an endpoint that they may call, and what becomes of the calls. */
@NullMarked
package io.avatarservice.client.webhook;

import org.jspecify.annotations.NullMarked;
