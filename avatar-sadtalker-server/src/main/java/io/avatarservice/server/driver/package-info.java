/** The engine contract: drivers, what they are asked for, and the frames they yield. */
@NullMarked
package io.avatarservice.server.driver;

import org.jspecify.annotations.NullMarked;
