/** Stands in for the official checkpoints in tests. */
@NullMarked
package io.avatarservice.server.driver.sadtalker.testsupport;

import org.jspecify.annotations.NullMarked;
