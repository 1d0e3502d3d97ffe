/** What the tests of several rooms share. */
@NullMarked
package io.avatarservice.server.support;

import org.jspecify.annotations.NullMarked;
