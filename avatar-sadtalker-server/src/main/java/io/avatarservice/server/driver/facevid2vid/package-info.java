/** What the engines that descend from face-vid2vid share. */
@NullMarked
package io.avatarservice.server.driver.facevid2vid;

import org.jspecify.annotations.NullMarked;
