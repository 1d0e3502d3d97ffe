/** What an application uses: the client that turns a portrait and a speech recording into a video. */
@NullMarked
package io.avatarservice.client;

import org.jspecify.annotations.NullMarked;
