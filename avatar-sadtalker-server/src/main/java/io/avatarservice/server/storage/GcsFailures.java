package io.avatarservice.server.storage;

import com.google.auth.ServiceAccountSigner.SigningException;
import com.google.cloud.storage.StorageException;
import io.avatarservice.server.storage.ObjectStoreException.Kind;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Says what a failure of the Google Cloud SDK means. */
final class GcsFailures {

    private GcsFailures() {}

    /**
     * @param notFound what a 404 means for the call, as the store does not tell an object from a bucket
     */
    static <T> T explaining(Kind notFound, Callable<T> call) {
        try {
            return call.call();
        } catch (StorageException e) {
            throw new ObjectStoreException(kind(e, notFound), describe(e));
        } catch (IOException e) {
            if (e.getCause() instanceof StorageException cause) {
                throw new ObjectStoreException(kind(cause, notFound), describe(cause));
            }
            throw new ObjectStoreException(Kind.UNAVAILABLE, e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (SigningException e) {
            throw new ObjectStoreException(Kind.CANNOT_SIGN, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the Google Cloud SDK throws no other checked exception", e);
        }
    }

    private static Kind kind(StorageException e, Kind notFound) {
        return switch (e.getCode()) {
            case 401, 403 -> Kind.DENIED;
            case 404 -> notFound;
            case 408, 429 -> Kind.UNAVAILABLE;
            default -> e.getCode() >= 400 && e.getCode() < 500 ? Kind.REFUSED : Kind.UNAVAILABLE;
        };
    }

    private static String describe(StorageException e) {
        return "Google Cloud Storage: %d %s: %s".formatted(e.getCode(), e.getReason(), e.getMessage());
    }
}
