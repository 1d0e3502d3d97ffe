/** A provider of one's own: a render farm that takes jobs from a shared folder. */
@NullMarked
package io.avatarservice.sample.custom;

import org.jspecify.annotations.NullMarked;
