/** Tests of the media room, and the tools with which other tests make and measure media. */
@NullMarked
package io.avatarservice.server.media;

import org.jspecify.annotations.NullMarked;
