"""Sample content for trying out the portal: written for it, no rule that applies, facts and wording are invented."""
