/** Calls the addresses that clients left for the end of their jobs, by Standard Webhooks 1.0. */
@NullMarked
package io.avatarservice.server.webhook;

import org.jspecify.annotations.NullMarked;
