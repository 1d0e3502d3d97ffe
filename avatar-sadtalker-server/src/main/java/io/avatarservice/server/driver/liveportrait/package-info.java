/** LivePortrait: a portrait moves like the face in a driving video. */
@NullMarked
package io.avatarservice.server.driver.liveportrait;

import org.jspecify.annotations.NullMarked;
