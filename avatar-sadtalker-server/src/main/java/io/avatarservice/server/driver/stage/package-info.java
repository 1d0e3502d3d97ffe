/** Single steps of the engines on given tensors, for comparing numbers. */
@NullMarked
package io.avatarservice.server.driver.stage;

import org.jspecify.annotations.NullMarked;
