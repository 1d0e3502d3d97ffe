/** Tests of finding, downloading and verifying checkpoint files. */
@NullMarked
package io.avatarservice.server.torch.model;

import org.jspecify.annotations.NullMarked;
