/** SadTalker: the pipeline from portrait and speech to frames, around the networks of its official checkpoints. */
@NullMarked
package io.avatarservice.server.driver.sadtalker;

import org.jspecify.annotations.NullMarked;
