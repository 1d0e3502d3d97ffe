/** Tests of the SadTalker pipeline, with networks of few channels. */
@NullMarked
package io.avatarservice.server.driver.sadtalker;

import org.jspecify.annotations.NullMarked;
