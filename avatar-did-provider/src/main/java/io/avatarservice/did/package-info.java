/** The provider that renders at D-ID, over its REST API. */
@NullMarked
package io.avatarservice.did;

import org.jspecify.annotations.NullMarked;
