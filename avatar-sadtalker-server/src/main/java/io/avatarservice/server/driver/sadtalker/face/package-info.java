/** From a portrait to what SadTalker's networks take: the face, its landmarks, the crop, the aligned picture. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.face;

import org.jspecify.annotations.NullMarked;
