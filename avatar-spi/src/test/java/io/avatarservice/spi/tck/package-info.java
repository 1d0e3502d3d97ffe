/** The contract test kit: what every provider must show, whoever wrote it. */
@NullMarked
package io.avatarservice.spi.tck;

import org.jspecify.annotations.NullMarked;
