/** The contract between an orchestrator and whatever renders its talking-head videos. */
@NullMarked
package io.avatarservice.spi;

import org.jspecify.annotations.NullMarked;
