/** Tests of the shared driver room, and a driver for the tests of others. */
@NullMarked
package io.avatarservice.server.driver;

import org.jspecify.annotations.NullMarked;
