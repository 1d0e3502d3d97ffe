package io.avatarservice.server.driver;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.Picture;

/**
 * What a driver renders.
 *
 * @param portrait the decoded portrait, upright
 * @param speech the checked, still undecoded speech recording
 * @param options the checked options, complete with defaults
 */
public record RenderRequest(Picture portrait, AudioClip speech, RenderOptions options) {}
