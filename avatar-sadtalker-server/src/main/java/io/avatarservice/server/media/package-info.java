/** Pictures and sound in, MP4 out: sniffing, limits, decoding, streaming encoding. */
@NullMarked
package io.avatarservice.server.media;

import org.jspecify.annotations.NullMarked;
