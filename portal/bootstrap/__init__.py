"""Sets up what a `make` target needs: `python3 -m portal.bootstrap run|test|lint|lock`.

Standard library only, because it runs before there is a virtual environment. Each part knows whether it is done, so a
second call takes a fraction of a second and says nothing.
"""
