/** Tests of the way from sound to mel windows, against values of the reference's libraries. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.audio;

import org.jspecify.annotations.NullMarked;
