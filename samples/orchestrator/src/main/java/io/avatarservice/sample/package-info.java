/** What an application that uses the starter looks like. */
@NullMarked
package io.avatarservice.sample;

import org.jspecify.annotations.NullMarked;
