/** Tests of what the engines share. */
@NullMarked
package io.avatarservice.server.driver.facevid2vid;

import org.jspecify.annotations.NullMarked;
