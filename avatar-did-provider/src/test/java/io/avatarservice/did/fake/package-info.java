/** A D-ID to test against: scripted jobs, injected faults, and a count of what would have been charged. */
@NullMarked
package io.avatarservice.did.fake;

import org.jspecify.annotations.NullMarked;
