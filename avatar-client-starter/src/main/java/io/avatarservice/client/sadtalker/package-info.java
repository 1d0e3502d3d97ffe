/** The provider that renders on a server of one's own, over its REST API. */
@NullMarked
package io.avatarservice.client.sadtalker;

import org.jspecify.annotations.NullMarked;
