/** Tests of the provider contract. */
@NullMarked
package io.avatarservice.spi;

import org.jspecify.annotations.NullMarked;
