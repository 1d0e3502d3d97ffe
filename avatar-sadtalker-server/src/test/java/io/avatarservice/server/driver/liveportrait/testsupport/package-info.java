/** Driving videos for tests. */
@NullMarked
package io.avatarservice.server.driver.liveportrait.testsupport;

import org.jspecify.annotations.NullMarked;
